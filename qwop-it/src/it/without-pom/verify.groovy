String log = new File(basedir, 'build.log').text
assert log.contains('The property qwop.totalTimestep is not used by this plugin; did you mean qwop.totalTimesteps?')
assert log =~ /Trained qwop: 8,000 steps/
assert log =~ /Evaluation of qwop: mean distance -?\d+\.\d\d m over 10 episodes/
assert log =~ /twin +[\d,.]+ frames\/s/
assert log =~ /ppo training +[\d,.]+ steps\/s/
assert log.contains('User property: qwop.totalTimesteps')
assert new File(basedir, 'target/qwop/qwop/evaluation.json').isFile()
assert log.contains("The run's name is 2024-05-01, from train_ppo.yml: give it to the other goals with -Dqwop.runId.")
assert log =~ /Evaluation of 2024-05-01: mean distance -?\d+\.\d\d m over 2 episodes/
assert log =~ /qwop +trained +-?[\d.]+ m/
assert log =~ /2 runs in .*, [\d.]+ MB/
