/** Work on several cores whose outcome is the same with any number of them. */
@NullMarked
package io.github.qwop.parallel;

import org.jspecify.annotations.NullMarked;
