package io.github.qwop.game;

import io.github.qwop.env.ActionSet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation of a campaign. As bytes: {@code 0x00…0x0F} an update with these keys; {@code 0x10 | keys} the game's
 * own restart with these keys held during its update; {@code 0x20} a fresh page and one restart without keys, the
 * canonical start; {@code 0x21 n} a fresh page after n idle updates; {@code 0x30} and a little-endian double: all parts
 * moved by it, no update.
 *
 * @param code the first byte
 * @param argument what follows it, idle updates or a distance, else 0
 */
public record Operation(int code, double argument) {

    public static final int RESTART = 0x10;
    public static final int CANONICAL = 0x20;
    public static final int FRESH = 0x21;
    public static final int SHIFT = 0x30;

    /** A game that can do what operations ask for, and tell all that campaigns compare. */
    public interface Player extends GoldTrace.Player {

        /** Fresh page after some idle updates. */
        void freshStart(int idleUpdates);

        @Override
        default void freshStart() {
            freshStart(1);
        }

        /** Writes x, y and angle of the hurdle's base, then of its top. */
        void readHurdle(double[] target, int offset);

        /** Writes what no player sees of the moving bodies, see {@link Snapshot}. */
        void readHidden(double[] target, int offset);
    }

    public static Operation update(int keys) {
        return new Operation(keys, 0);
    }

    public static Operation restart(int keysHeld) {
        return new Operation(RESTART | keysHeld, 0);
    }

    public static Operation canonical() {
        return new Operation(CANONICAL, 0);
    }

    public static Operation fresh(int idleUpdates) {
        return new Operation(FRESH, idleUpdates);
    }

    public static Operation shift(double dx) {
        return new Operation(SHIFT, dx);
    }

    /** Reads operations. */
    public static List<Operation> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Operation> operations = new ArrayList<>();
        while (in.hasRemaining()) {
            int code = in.get() & 0xff;
            operations.add(
                    code == FRESH
                            ? fresh(in.get() & 0xff)
                            : code == SHIFT ? shift(in.getDouble()) : new Operation(code, 0));
        }
        return operations;
    }

    /** The bytes of operations. */
    public static byte[] write(List<Operation> operations) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer number = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Operation operation : operations) {
            bytes.write(operation.code);
            if (operation.code == FRESH) {
                bytes.write((int) operation.argument);
            } else if (operation.code == SHIFT) {
                bytes.writeBytes(number.putDouble(0, operation.argument).array());
            }
        }
        return bytes.toByteArray();
    }

    /** Does it. */
    public void perform(Player player) {
        if (code < RESTART) {
            player.update(code);
        } else if (code < CANONICAL) {
            player.softReset(code - RESTART);
        } else if (code == CANONICAL) {
            player.freshStart(1);
            player.softReset(Keys.NONE);
        } else if (code == FRESH) {
            player.freshStart((int) argument);
        } else if (code == SHIFT) {
            player.shift(argument);
        } else {
            throw new IllegalStateException("There is no operation " + code + ".");
        }
    }

    /** Whether an episode begins with it. */
    public boolean startsEpisode() {
        return code >= RESTART && code < SHIFT;
    }

    /** Whether a physics step belongs to it. */
    public boolean isUpdate() {
        return code <= CANONICAL;
    }

    @Override
    public String toString() {
        if (code < RESTART) {
            return "update with keys " + ActionSet.name(code);
        } else if (code < CANONICAL) {
            return "restart with keys " + ActionSet.name(code - RESTART);
        } else if (code == CANONICAL) {
            return "canonical start";
        }
        return code == FRESH ? "fresh page after " + (int) argument + " idle updates" : "shift by " + argument;
    }
}
