using System.Diagnostics;

namespace ClosedLoop.Benchmarks.Import;

/// <summary>The <c>sqlite3</c> shell as the peer: one table of text columns without a key, nothing checked.</summary>
internal static class SqliteShell
{
    /// <summary>Seconds of <c>.import</c> into a new database; <c>null</c> when the shell is not installed.</summary>
    public static double? Import(string file, int columns)
    {
        var database = Path.Combine(Path.GetDirectoryName(file)!, "peer.db");
        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(file)!, "peer.db*")) File.Delete(old);
        var started = Stopwatch.GetTimestamp();
        Process shell;
        try
        {
            shell = Process.Start(new ProcessStartInfo("sqlite3", [database]) { UseShellExecute = false, RedirectStandardInput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using (shell)
        {
            shell.StandardInput.Write($"CREATE TABLE r ({string.Join(',', Enumerable.Range(1, columns).Select(n => "c" + n))});\n.mode csv\n.separator ;\n.import \"{file}\" r\n");
            shell.StandardInput.Close();
            shell.WaitForExit();
            if (shell.ExitCode != 0) throw new InvalidOperationException($"sqlite3 ended with exit code {shell.ExitCode}");
        }

        return Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3);
    }
}
