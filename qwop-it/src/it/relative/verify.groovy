import groovy.json.JsonSlurper

def json = { new JsonSlurper().parse(new File(basedir, it)) }
assert json('target/observations.json').observations.every { it.size() == 67 }
def evaluation = json('target/qwop/relative/evaluation.json')
assert evaluation.environment.observation == 'relative'
assert evaluation.environment.actionSet == 'distinct'
assert json('target/qwop/exported/evaluation.json').episodes*.distance == evaluation.episodes*.distance

assert json('target/qwop/relative/spec.json').settings.algorithm == 'ppo'

String log = new File(basedir, 'build.log').text
assert log.contains('0 actions differ')
assert log.contains('every number equal to the twin')
