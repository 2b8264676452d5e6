using System.Globalization;
using Spectre.Console;

namespace ClosedLoop.Silo.Demo;

/// <summary>What the demonstration shows while it runs: on standard error, so that <c>--json</c> stays clean.</summary>
internal sealed class DemoScreen(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private const int WidthOfFile = 200;
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly IAnsiConsole _console = Open();
    private readonly long _started = time.GetTimestamp();
    private long _lastLine;

    public void Stage(string text)
    {
        if (Commands.Talk.IsQuiet) return;
        ClearLine();
        _console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[green]✓[/] {Markup.Escape(text)} [grey]{time.GetElapsedTime(_started).TotalSeconds:0.0} s[/]"));
    }

    /// <summary>A bar on a terminal; otherwise a line now and then.</summary>
    public void Progress(string what, long done, long total)
    {
        if (Commands.Talk.IsQuiet) return;
        if (_terminal)
        {
            var filled = total == 0 ? 0 : (int)(done * 24 / total);
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r  {what} {done:N0}/{total:N0} ▕{new string('█', filled)}{new string('░', 24 - filled)}▏ "));
        }
        else if (_lastLine == 0 || time.GetElapsedTime(_lastLine) >= Quiet)
        {
            _lastLine = time.GetTimestamp();
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what} {done}/{total}"));
        }
    }

    public void Wrong(string text)
    {
        ClearLine();
        _console.MarkupLine($"[red]✗[/] {Markup.Escape(text)}");
    }

    public void Box(string title, IEnumerable<string> lines)
    {
        ClearLine();
        _console.Write(new Panel(Markup.Escape(string.Join('\n', lines))) { Header = new PanelHeader($" {Markup.Escape(title)} "), Border = BoxBorder.Rounded });
    }

    /// <summary>Colour for a terminal only, and not when <c>NO_COLOR</c> asks for none; a file gets whole lines.</summary>
    private static IAnsiConsole Open()
    {
        var plain = Console.IsErrorRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Error),
        });
        if (Console.IsErrorRedirected) console.Profile.Width = WidthOfFile;
        return console;
    }

    private void ClearLine()
    {
        if (_terminal) Console.Error.Write("\r" + new string(' ', 78) + "\r");
    }
}
