File run = new File(basedir, 'target/qwop/sensitivity')
String log = new File(basedir, 'build.log').text
assert log.contains('Sensitivity of runner: ')
assert log.contains('key delay 2, jitter 1, dropped 0.02')
assert new File(run, 'sensitivity.json').text.contains('"keyJitter"')
assert new File(run, 'recordings/best.qwop').readLines().contains('framesPerStep: 1')
assert new File(run, 'report.html').text.contains('>Sensitivity</h2>')
