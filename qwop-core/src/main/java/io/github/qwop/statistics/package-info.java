/** Statistics over few runs: aggregates, their intervals, profiles, who is better. They know numbers, not runs. */
@NullMarked
package io.github.qwop.statistics;

import org.jspecify.annotations.NullMarked;
