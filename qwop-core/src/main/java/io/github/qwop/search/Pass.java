package io.github.qwop.search;

/**
 * One pass of a portfolio.
 *
 * @param number from 0
 * @param variant how it searches
 * @param improvesFrom the update of the best run from which it searches along that run; {@value #FRESH} if it begins
 *     anew
 */
public record Pass(int number, Variant variant, int improvesFrom) {

    /** For a pass that begins anew. */
    public static final int FRESH = -1;
}
