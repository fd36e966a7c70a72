@NullMarked
package io.github.qwop.run.certification;

import org.jspecify.annotations.NullMarked;
