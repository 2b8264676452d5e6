using System.Text.Json;

namespace ClosedLoop.Benchmarks.Scale;

/// <summary><c>scale</c>: what a number of silos on PostgreSQL will do, and what holds them back; <c>scale measure</c>: the constants that this rests on.</summary>
internal static class ScaleCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        ScaleArguments arguments;
        try
        {
            arguments = ScaleArguments.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }

        if (arguments.Measure) return await ScaleMeasurement.RunAsync(arguments);
        var results = arguments.Silos.Select(silos => ScaleSimulation.Run(arguments, silos)).ToList();
        if (arguments.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { arguments, results }, JsonSerializerOptions.Web));
            return 0;
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{arguments.Cores} cores a silo, window {arguments.Window}, groups of {arguments.Group}, replies after {arguments.ReplyMilliseconds} ms, {(arguments.Dkim ? "signed" : "not signed")}, {arguments.Databases} database(s)"));
        Console.WriteLine("silos  recipients/s  write line  processors  writes/commit  held back by");
        foreach (var result in results)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{result.Silos,5}  {result.PerSecond,12:N0}  {result.LineBusy,10:P0}  {result.ProcessorsBusy,10:P0}  {result.WritesPerCommit,13:0.0}  {result.Limit}"));
        }

        return 0;
    }
}
