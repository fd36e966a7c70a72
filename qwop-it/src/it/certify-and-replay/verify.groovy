import groovy.json.JsonSlurper

File run = new File(basedir, 'target/qwop/certify-and-replay')
def certification = new JsonSlurper().parse(new File(run, 'evaluation.json')).certification
assert certification*.recording == ['best', 'median']
assert certification.every { it.game == 'page' && it.largestDifference == 0 && it.updates >= 30 }
assert new File(run, 'recordings/best.html').text.contains('window.qwopReplay = [')
assert new File(run, 'recordings/best.gif').bytes[0..5] == 'GIF89a'.bytes.toList()

String log = new File(basedir, 'build.log').text
assert log.count('Certified on the open page: 2 recordings, ') == 2
assert log.count('updates and those of their starts, on the open page, 2 at once: about ') == 1
assert log.count('Certified on the open page: 4 recordings, ') == 1
assert log.count('Replayed best.qwop') == 2
assert log.contains(' on sparc: train on ')
