package io.github.qwop.search;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One level of a pass, when its survivors are chosen.
 *
 * @param pass number of the pass, from 0
 * @param updates updates since the canonical start
 * @param bestX where the farthest survivor's torso is, in units
 * @param spread how far the last one is behind it, in units
 * @param beam survivors
 * @param ancestors how many states of two seconds of play before they descend from
 * @param fallen children that were lost, at once or in their rollout
 * @param fallenX where the farthest of those was at this level's clock, in units; NaN if none got so far, or nobody
 *     told
 * @param used updates that the search has played in all
 */
public record Level(
        int pass,
        int updates,
        double bestX,
        double spread,
        int beam,
        int ancestors,
        int fallen,
        double fallenX,
        long used) {

    void write(DataOutput out) throws IOException {
        out.writeInt(pass);
        out.writeInt(updates);
        out.writeDouble(bestX);
        out.writeDouble(spread);
        out.writeInt(beam);
        out.writeInt(ancestors);
        out.writeInt(fallen);
        out.writeDouble(fallenX);
        out.writeLong(used);
    }

    /**
     * Reads a level.
     *
     * @param toldOfFallen whether it was written with {@link #fallenX}
     */
    static Level read(DataInput in, boolean toldOfFallen) throws IOException {
        return new Level(
                in.readInt(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                toldOfFallen ? in.readDouble() : Double.NaN,
                in.readLong());
    }

    /** The score clock, in seconds of play. */
    public double seconds() {
        return Run.clock(updates);
    }
}
