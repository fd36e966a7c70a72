String log = new File(basedir, 'build.log').text
assert log.contains('learner.batchSise is no setting; did you mean learner.batchSize?')
assert !new File(basedir, 'target/qwop').exists()
