package io.github.qwop.maven;

/** The names of all properties that set a parameter from the command line or from a POM's {@code <properties>}. */
final class PropertyNames {

    /** A setting {@code <learner><batchSize>} is {@code qwop.learner.batchSize}, and so on for every group. */
    static final String PREFIX = "qwop.";

    static final String SKIP = PREFIX + "skip";
    static final String OUTPUT_DIRECTORY = PREFIX + "outputDirectory";
    static final String RUN_ID = PREFIX + "runId";
    static final String POLICY = PREFIX + "policy";
    static final String THREADS = PREFIX + "threads";

    static final String SKIP_TRAIN = PREFIX + "skip.train";
    static final String CONFIG = PREFIX + "config";
    static final String PRESET = PREFIX + "preset";
    static final String ALGORITHM = PREFIX + "algorithm";
    static final String SEED = PREFIX + "seed";
    static final String TOTAL_TIMESTEPS = PREFIX + "totalTimesteps";
    static final String N_ENVS = PREFIX + "nEnvs";
    static final String N_CHECKPOINTS = PREFIX + "nCheckpoints";
    static final String KEEP_CHECKPOINTS = PREFIX + "keepCheckpoints";
    static final String MODEL_LOAD_FILE = PREFIX + "modelLoadFile";
    static final String DEMONSTRATIONS = PREFIX + "demonstrations";
    static final String REWARD_SHAPER = PREFIX + "rewardShaper";
    static final String GAME_CLASS = PREFIX + "gameClass";
    static final String LOG_INTERVAL = PREFIX + "logInterval";
    static final String PROGRESS_INTERVAL = PREFIX + "progressInterval";
    static final String FORCE = PREFIX + "force";

    static final String SKIP_EVALUATE = PREFIX + "skip.evaluate";
    static final String EPISODES = PREFIX + "evaluate.episodes";
    static final String EVALUATE_SEED = PREFIX + "evaluate.seed";
    static final String RECORDINGS = PREFIX + "evaluate.recordings";
    static final String KEEP_EPISODES = PREFIX + "evaluate.keepEpisodes";
    static final String GAME = PREFIX + "game";
    static final String PROCESSES = PREFIX + "processes";
    static final String BASELINE = PREFIX + "baseline";
    static final String UPDATE_BASELINE = PREFIX + "updateBaseline";
    static final String DEFER_GATE = PREFIX + "deferGate";
    static final String SKIP_GATE = PREFIX + "skip.gate";
    static final String GENUINE = PREFIX + "genuine";
    static final String RECORDING = PREFIX + "recording";
    static final String CERTIFY_EPISODES = PREFIX + "certify.episodes";
    static final String SKIP_CERTIFY = PREFIX + "skip.certify";
    static final String SKIP_REPLAY = PREFIX + "skip.replay";
    static final String REPLAY_GIF = PREFIX + "replay.gif";
    static final String SKIP_REPORT = PREFIX + "skip.report";
    static final String FOLLOW = PREFIX + "report.follow";
    static final String COMPARE = PREFIX + "compare";
    static final String SKIP_RUNS = PREFIX + "skip.runs";
    static final String PRUNE = PREFIX + "runs.prune";
    static final String SKIP_PLAY = PREFIX + "skip.play";
    static final String SKIP_WATCH = PREFIX + "skip.watch";
    static final String GHOST = PREFIX + "ghost";
    static final String PORT = PREFIX + "port";
    static final String SPEED = PREFIX + "watch.speed";
    static final String WATCH_SEED = PREFIX + "watch.seed";

    static final String SKIP_EXPORT = PREFIX + "skip.exportOnnx";
    static final String ONNX_FILE = PREFIX + "exportOnnx.file";
    static final String ONNX_ATTACH = PREFIX + "exportOnnx.attach";
    static final String ONNX_CLASSIFIER = PREFIX + "exportOnnx.classifier";
    static final String ONNX_OBSERVATIONS = PREFIX + "exportOnnx.observations";

    static final String SKIP_RECORD = PREFIX + "skip.record";
    static final String RECORD_EPISODES = PREFIX + "record.episodes";
    static final String RECORD_SEED = PREFIX + "record.seed";
    static final String RECORD_RECORDINGS = PREFIX + "record.recordings";
    static final String RECORD_DIRECTORY = PREFIX + "record.directory";

    static final String SKIP_SENSITIVITY = PREFIX + "skip.sensitivity";
    static final String SENSITIVITY_EPISODES = PREFIX + "sensitivity.episodes";
    static final String SENSITIVITY_SEED = PREFIX + "sensitivity.seed";

    static final String SKIP_SEARCH = PREFIX + "skip.search";
    static final String SEARCH_WIDTH = PREFIX + "search.width";
    static final String SEARCH_HORIZON = PREFIX + "search.horizon";
    static final String SEARCH_FRAMES = PREFIX + "search.framesPerDecision";
    static final String SEARCH_CHILDREN = PREFIX + "search.childrenPerParent";
    static final String SEARCH_VALUE = PREFIX + "search.value";
    static final String SEARCH_THREADS = PREFIX + "search.threads";
    static final String SEARCH_STARTS = PREFIX + "search.starts";
    static final String SEARCH_SEED = PREFIX + "search.seed";
    static final String SEARCH_UPDATES = PREFIX + "search.updates";
    static final String SEARCH_MINUTES = PREFIX + "search.minutes";
    static final String SEARCH_IMPROVE = PREFIX + "search.improve";
    static final String SEARCH_OBJECTIVE = PREFIX + "search.objective";
    static final String SEARCH_TRIGONOMETRY = PREFIX + "search.trigonometry";

    static final String SKIP_SWEEP = PREFIX + "skip.sweep";
    static final String STUDY_ID = PREFIX + "studyId";
    static final String SEEDS = PREFIX + "seeds";
    static final String SWEEP_DRAWS = PREFIX + "sweep.draws";
    static final String SWEEP_SEED = PREFIX + "sweep.seed";
    static final String SWEEP_OBJECTIVE = PREFIX + "sweep.objective";
    static final String SWEEP_EPISODES = PREFIX + "sweep.episodes";

    static final String SKIP_BENCHMARK = PREFIX + "skip.benchmark";
    static final String BENCHMARK_SECONDS = PREFIX + "benchmark.seconds";
    static final String BENCHMARK_PAGE = PREFIX + "benchmark.page";

    private PropertyNames() {}
}
