package io.github.qwop.game;

/**
 * A game that can be returned to wherever it has been, at any update: a search tries several ways from one place, and a
 * checkpoint goes on in the middle of an episode without playing it again.
 *
 * <p>A snapshot is a row of numbers with everything that decides the future; whole numbers and flags stand in it as
 * such. It belongs to no instance: whichever game of the same kind restores it, in whichever thread, goes on bit for
 * bit. Its numbers are not for reading: only {@link #restore} knows their order.
 */
public interface Snapshots {

    /** The most numbers that a snapshot of this game has; the same for all games of its kind. */
    int mostSnapshotValues();

    /**
     * Writes a snapshot.
     *
     * @param target receives up to {@link #mostSnapshotValues} values from index {@code offset} on
     * @return how many
     */
    int save(double[] target, int offset);

    /**
     * Goes on from a snapshot, whatever was played before.
     *
     * @param saved holds what {@link #save} wrote from index {@code offset} on; it is only read, so that games in
     *     several threads may restore the same one
     * @throws IllegalArgumentException if it is of a game that computes otherwise; this one is then as it was
     */
    void restore(double[] saved, int offset);
}
