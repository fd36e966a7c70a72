package io.github.qwop.run.search;

import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.search.Portfolio;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of a search under way, from which it goes on after a stop as if there had been none.
 *
 * @param file where it lies
 * @param identity what decides the search's course; another's file is not read
 */
record SearchState(Path file, String identity) {

    private static final String FORMAT = "qwop-search-2";

    /** Before it told which runs were found when, and how far the fallen came. */
    private static final String FORMER = "qwop-search-1";

    /** Writes where a search stands. */
    void write(Portfolio portfolio, List<Float> rates) throws IOException {
        Path temporary = AtomicFile.temporary(file);
        try {
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
                out.writeUTF(FORMAT);
                out.writeUTF(identity);
                out.writeInt(rates.size());
                for (float rate : rates) {
                    out.writeFloat(rate);
                }
                portfolio.save(out);
            }
            AtomicFile.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Goes on where the file stands, if it is of the same search.
     *
     * @param rates receives updates per second of the levels so far
     * @return whether there was such a file; if not, the portfolio has not begun
     */
    boolean read(Portfolio portfolio, List<Float> rates) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            String format = in.readUTF();
            if (!List.of(FORMAT, FORMER).contains(format) || !in.readUTF().equals(identity)) {
                return false;
            }
            for (int i = in.readInt(); i > 0; i--) {
                rates.add(in.readFloat());
            }
            portfolio.restore(in, format.equals(FORMAT));
            return true;
        }
    }
}
