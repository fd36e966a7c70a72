/** How much of a policy is left where its keys come late, unevenly, or not at all. */
@NullMarked
package io.github.qwop.run.sensitivity;

import org.jspecify.annotations.NullMarked;
