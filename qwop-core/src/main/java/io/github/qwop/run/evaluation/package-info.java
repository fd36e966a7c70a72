/** Playing seeded episodes with a policy, their figures, and the gates that a build can put on them. */
@NullMarked
package io.github.qwop.run.evaluation;

import org.jspecify.annotations.NullMarked;
