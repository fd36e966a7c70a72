package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.search.Search;
import io.github.qwop.run.search.SearchSpec;
import java.io.IOException;

/** The goal {@code search}: plans runs on the twin and keeps them as recordings. */
final class SearchGoal implements Goal<SearchSpec> {

    @Override
    public String name() {
        return "search";
    }

    @Override
    public SearchSpec defaults() {
        return SearchSpec.DEFAULT;
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    public Outcome run(SearchSpec spec, Call call) throws IOException, GateException, StoppedException {
        return Search.run(call.run(spec.runId()), spec, call.listener(), call.stop());
    }
}
