import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
assert log.count('The page is closed.') >= 2
assert new File(basedir, 'target/play.html').text.contains('<canvas')
assert new File(basedir, 'target/watch.html').text.contains('<canvas')
def states = new File(basedir, 'target/states.txt').readLines().collect { new JsonSlurper().parseText(it - 'data: ') }
assert states.size() == 10
assert states*.state.toSet().size() > 1 : 'the runner moves'
assert states*.keys.every { it in 0..15 }
assert states*.caption.every { it.startsWith('best.zip of runner, episode ') }
