String page = new File(basedir, 'target/qwop/report/report.html').text
// The later report has replaced the early one, which had nothing to say on an evaluation.
assert page.contains('<title>QWOP run report beside earlier</title>')
assert page.contains('data-name="earlier"')
assert page.contains('of 10 episodes')
assert page.contains('<iframe')
assert !page.contains('estimated from time/fps')

assert new File(basedir, 'target/qwop/report/report.md').text.startsWith('### QWOP run report: ')

String index = new File(basedir, 'target/qwop/index.html').text
assert index.contains('href="report/report.html"') && index.contains('href="#run-2"')
assert new File(basedir, 'target/qwop/index.md').text.contains('## report')

String log = new File(basedir, 'build.log').text
assert log.count('The report on report is written') == 2

String site = new File(basedir, 'target/site/qwop-report.html').text
assert site.contains('<title>QWOP run report')
assert site.contains('of 10 episodes') && site.contains('<iframe')
