import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
assert log.contains('on 1000 observations of the game')
assert log.contains('Java: 1000 observations, 0 actions and 0 contexts differ.')
def recorded = new JsonSlurper().parse(new File(basedir, 'target/observations.json'))
assert recorded.format == 1
assert recorded.actions.size() == 1000
assert recorded.observations.size() == 1000 && recorded.observations.every { it.size() == 67 }
assert recorded.actions.toSet().size() > 2
