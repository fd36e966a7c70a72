File folder = new File(basedir, 'target/qwop/record/recorded')
assert folder.list().sort() == ['rank-1.gif', 'rank-1.html', 'rank-1.qwop', 'rank-2.qwop']
def distance = { new File(folder, it).readLines().find { it.startsWith('distance: ') }.substring(10) as double }
assert distance('rank-1.qwop') >= distance('rank-2.qwop')
assert new File(basedir, 'build.log').text.contains('Recorded the best 2 of 10 episodes of runner in ')
