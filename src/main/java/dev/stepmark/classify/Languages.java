package dev.stepmark.classify;

import java.util.Set;

/** Groups of fence languages, in lower case. */
final class Languages {

    static final Set<String> SHELL = Set.of("bash", "sh", "shell", "zsh", "ksh", "console", "shellsession", "shell-session",
            "sh-session", "bash-session", "terminal", "term", "shellscript", "cli", "command", "commandline");
    static final Set<String> SQL = Set.of("sql", "postgresql", "postgres", "pgsql", "plpgsql", "psql");
    static final Set<String> MYSQL = Set.of("mysql", "mariadb");
    static final Set<String> FILE = Set.of("yaml", "yml", "json", "json5", "jsonc", "toml", "ini", "xml", "properties",
            "conf", "cfg", "cnf", "config", "hcl", "tf", "terraform", "nginx", "apache", "dockerfile", "docker", "diff",
            "patch", "env", "dotenv", "systemd", "crontab", "jinja", "csv", "makefile");
    static final Set<String> OUTPUT = Set.of("output", "log", "logs", "result", "response", "stdout");
    static final Set<String> PLAIN = Set.of("", "text", "txt", "plain", "plaintext", "none", "raw", "code",
            "no-highlight", "nohighlight", "no-hl");
    /** Words that say no more than that a block is code. */
    static final Set<String> UNLABELLED = Set.of("", "none", "raw", "code", "no-highlight", "nohighlight", "no-hl");
    static final Set<String> ELSEWHERE = Set.of("promql", "logql", "kql", "graphql", "cypher", "http", "jq", "lucene",
            "redis", "mongodb", "influxql", "flux", "powershell", "ps1", "pwsh", "bat", "cmd", "batch");
    static final Set<String> POWERSHELL = Set.of("powershell", "ps1", "pwsh");

    private Languages() {
    }
}
