using System.Globalization;

namespace ClosedLoop.Silo.Commands;

/// <summary>How far something is, on standard error: a bar that moves on a terminal, else a line every ten seconds.</summary>
internal sealed class ProgressLine(string what, TimeProvider time)
{
    private const int Width = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly bool _terminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
    private readonly long _start = time.GetTimestamp();
    private TimeSpan? _said;

    public void Show(long done, long total)
    {
        if (Talk.IsQuiet) return;
        var elapsed = time.GetElapsedTime(_start);
        if (!_terminal && _said is { } last && elapsed - last < Pause) return;
        _said = elapsed;
        var text = Text(what, done, total, elapsed);
        if (_terminal) Console.Error.Write("\r\u001b[K" + text);
        else Console.Error.WriteLine(text);
    }

    public void End()
    {
        if (_terminal && _said is not null) Console.Error.WriteLine();
    }

    public static string Text(string what, long done, long total, TimeSpan elapsed)
    {
        var share = total <= 0 ? 0 : Math.Clamp((double)done / total, 0, 1);
        var full = (int)(share * Width);
        var rate = elapsed.TotalSeconds > 0 ? done / elapsed.TotalSeconds : 0;
        var left = rate > 0 && done < total ? TimeSpan.FromSeconds((total - done) / rate) : TimeSpan.Zero;
        return string.Create(CultureInfo.InvariantCulture, $"{what} ▕{new string('█', full)}{new string('░', Width - full)}▏ {share * 100:0} % {rate:0}/s ETA {(int)left.TotalMinutes}:{left.Seconds:00}");
    }
}
