/** Pictures made from a run's files: replays for browsers and as animated pictures, and the report. */
@NullMarked
package io.github.qwop.report;

import org.jspecify.annotations.NullMarked;
