package io.github.qwop.game.campaign;

import io.github.qwop.game.Operation;
import io.github.qwop.game.twin.Event;
import java.util.List;
import java.util.Map;

/**
 * Play that begins on a page just loaded.
 *
 * @param number from 0 on
 * @param hashes the twin's: three for each operation
 * @param events what was met, and how often
 */
@SuppressWarnings("ArrayRecordComponent")
record Page(int number, List<Operation> operations, int[] hashes, Map<Event, Integer> events) {

    int updates() {
        return (int) operations.stream().filter(Operation::isUpdate).count();
    }

    int episodes() {
        return (int) operations.stream().filter(Operation::startsEpisode).count();
    }
}
