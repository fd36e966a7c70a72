@NullMarked
package io.github.qwop.run;

import org.jspecify.annotations.NullMarked;
