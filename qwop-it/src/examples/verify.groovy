// What an example has to leave behind is in the script of its name.
File script = new File(basedir, "../../../src/examples/${basedir.name}.groovy")
new GroovyShell(binding).evaluate(script)
