/** A run's figures on disk: CSV, JSON lines and TensorBoard event files. */
@NullMarked
package io.github.qwop.run.metrics;

import org.jspecify.annotations.NullMarked;
