String log = new File(basedir, 'build.log').text
[
    'learner.batchSise is no setting; did you mean learner.batchSize?',
    'environment.framePerStep is no setting; did you mean environment.framesPerStep?',
    'guard.evalFrequency is no setting; did you mean guard.evalFreq?',
    'gate.minMeanDistanse is no setting; did you mean gate.minMeanDistance?',
    'fork.jvmArg is no setting; did you mean fork.jvmArgs? Allowed in <fork>: java, jvmArgs, environment, sameProcess.',
    'algorithm is "sarsa": give one of qr-dqn, dqn, ppo, a2c, acer, expert-iteration, bc.',
    'environment.framesPerStep is "many", which is not a whole number: give one, such as 1000.',
    'environment.framesPerStep is 0: give 1 to 120',
    'learner.learningStarts is 2000 and totalTimesteps 1000: nothing would be learned',
    'learner.batchSize is 200 and learner.bufferSize 100: a batch cannot be larger than the buffer',
    'nowhere.zip does not exist: train the run first, or set policy to a checkpoint',
    'pom.xml, which is a file: set it to a folder, in which each run has one of its own.',
    'The element <netArch> in <learner> has no text: give its value as text, several separated by commas',
    'qwop.skip.train is "yes": give true or false.',
    'progressInterval is 200: give 1 to 100 per cent, or 0 for no lines of progress.',
    'has no end: close the quotes',
    'preset is "fast": give one of quick, steady, record.',
    "The element <totalTimestep> in the POM's <configuration> is not used by this plugin; did you mean <totalTimesteps>?",
    'qwop:train on the command line does not have what the execution train in the POM sets: seed. Run qwop:train@train',
].each {
    assert log.contains(it): it
}
assert log.count('BUILD FAILURE') == 17
assert !log.contains('MojoFailureException'): 'wrong settings are an error, not a failure'
assert new File(basedir, 'pom.xml').text.contains('<artifactId>bad-settings</artifactId>')
assert !new File(basedir, 'target/qwop').exists()
