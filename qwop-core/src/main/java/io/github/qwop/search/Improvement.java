package io.github.qwop.search;

/**
 * A run that reached the objective sooner than all before it.
 *
 * @param pass number of the pass that found it, from 0
 * @param updates updates from the canonical start to its end
 * @param branch updates after which its keys are others than those of the best run before; where the search begins if
 *     none had reached the objective before
 */
public record Improvement(int pass, int updates, int branch) {

    /** Score clock at its end, in seconds of play. */
    public double seconds() {
        return Run.clock(updates);
    }

    /** Score clock where it left the best run before. */
    public double branchSeconds() {
        return Run.clock(branch);
    }
}
