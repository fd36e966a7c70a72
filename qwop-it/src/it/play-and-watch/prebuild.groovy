import java.util.concurrent.TimeUnit

/** Waits until something is there, and returns it. */
Object await(Closure<?> something) {
    while (true) {
        def found = something()
        if (found) {
            return found
        }
        TimeUnit.MILLISECONDS.sleep(100)
    }
}

/** Ends the Maven that does a goal, as Ctrl-C and a CI server's cancel button do. */
void end(String goal) {
    ProcessHandle.current().descendants()
        .filter { it.info().commandLine().orElse('').with { it.contains('classworlds') && it.contains("qwop:${goal}") } }
        .forEach { it.destroy() }
}

File target = new File(basedir, 'target')
File log = new File(basedir, 'build.log')
Thread.startDaemon('play-and-watch') {
    target.mkdirs()
    def play = await { log.isFile() ? log.text =~ /Play with Q, W, O and P at (http\S+)/ : null }
    new File(target, 'play.html').text = new URL(play[0][1]).text
    end('play')
    def watch = await { log.text =~ /Watch best.zip of runner at (http\S+)/ }
    new File(target, 'watch.html').text = new URL(watch[0][1]).text
    new URL(new URL(watch[0][1]), '/states').withReader { states ->
        new File(target, 'states.txt').text = (1..20).collect { states.readLine() }.findAll().join('\n')
    }
    end('watch')
}
return true
