@NullMarked
package io.github.qwop.run.evaluation;

import org.jspecify.annotations.NullMarked;
