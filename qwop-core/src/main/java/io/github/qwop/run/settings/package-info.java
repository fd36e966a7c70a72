/** Settings by dotted name ({@code learner.batchSize}) and the records that they fill. */
@NullMarked
package io.github.qwop.run.settings;

import org.jspecify.annotations.NullMarked;
