using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Benchmarks.Liquid;

/// <summary><c>liquid</c>: renders per second with and without folding, the mere copy of the finished bytes, and other engines beside them.</summary>
internal static class LiquidCommand
{
    public static int Run(IReadOnlyList<string> args)
    {
        LiquidArguments arguments;
        try
        {
            arguments = LiquidArguments.Parse(args);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        var subject = LiquidSubject.Load(arguments);
        var dataFile = Path.GetTempFileName();
        try
        {
            File.WriteAllText(dataFile, subject.Json);
            var report = new LiquidRun(subject, arguments).Measure(dataFile);
            if (arguments.Json) Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else Print(report);
            return 0;
        }
        finally
        {
            File.Delete(dataFile);
        }
    }

    private static void Print(LiquidReport report)
    {
        Line($"{report.OutputBytes} bytes of output, sha256 {report.Sha256}; parse {report.ParseMicroseconds} us, bind {report.BindMicroseconds} us");
        Row("unfolded", report.Unfolded, report.UnfoldedToCopy);
        Row("folded", report.Folded, report.FoldedToCopy);
        Row("folded, by place", report.FoldedByPlace, report.FoldedByPlaceToCopy);
        Row("copy", report.Copy, 1);
        Row("folded, 1000 recipients", report.FoldedRotating, report.FoldedToCopyRotating);
        Row("copy, 1000 recipients", report.CopyRotating, 1);
        foreach (var peer in report.Peers)
        {
            Line($"{peer.Name,-24} {peer.RendersPerSecond,10:0}/s {peer.AllocatedBytes,8:0} bytes allocated; unfolded is {peer.UnfoldedRatio} times as fast, folded {peer.FoldedRatio}; output {(peer.SameOutput ? "the same" : "DIFFERS")}");
        }
    }

    private static void Row(string name, LiquidRate rate, double ratio) =>
        Line($"{name,-24} {rate.RendersPerSecond,10:0}/s {rate.AllocatedBytes,8:0.#} bytes allocated; {ratio} times the time of the copy");

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
