import groovy.json.JsonSlurper

File runs = new File(basedir, 'target/qwop')
['stage1/best.zip', 'stage1/model.zip', 'stage2/best.zip', 'stage2/model.zip'].each {
    assert new File(runs, it).isFile(): it
}
assert new JsonSlurper().parse(new File(runs, 'stage2/evaluation.json')).episodes.size() == 5
assert !new File(runs, 'stage1/evaluation.json').exists()

// What differs from the checkpoint is shown, and only that.
List<String> table = new File(basedir, 'build.log').readLines()
        .dropWhile { !(it =~ /setting +checkpoint +now/) }
        .takeWhile { it =~ / -> / || it =~ /checkpoint +now/ }
def shown = { String regex -> table.any { it =~ regex } }
assert shown(/learner\.learningRate +const_0\.001 -> const_(1\.0E-4|0\.0001)\s*$/): table
assert shown(/learner\.targetUpdateInterval +512 -> 2048\s*$/): table
assert shown(/runId +stage1 -> stage2\s*$/): table
assert shown(/modelLoadFile .* -> .*stage1.best\.zip/): table
assert shown(/optimiser's state +there -> kept/): table
assert shown(/target network +- -> begins anew/): table
assert table.size() == 7: table

// A new stage 1 would make stage 2 train again: its checksum is among the inputs.
def inputs = new JsonSlurper().parse(new File(runs, 'stage2/spec.json')).inputs
assert inputs.modelLoadFile ==~ /[0-9a-f]{64}/
