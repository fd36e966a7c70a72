String log = new File(basedir, 'build.log').text
assert log.contains('broken.zip is truncated or no zip file; take another checkpoint of the run, or train again.')
assert new File(basedir, 'broken.zip').text.startsWith('This is no zip file.')
