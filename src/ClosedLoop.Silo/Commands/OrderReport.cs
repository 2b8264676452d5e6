using System.Globalization;
using ClosedLoop.Intake.Orders;
using ClosedLoop.Intake.Orders.Accounts;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Silo.Commands;

/// <summary>What <c>check</c> says about one order of XML Delivery. Neither tokens nor content are in it.</summary>
internal sealed record OrderReport(
    string File, bool Ok, string? Channel, long? Newsletter, string? Method, DateTimeOffset? StartsAt, OrderTargetReport? Normal, OrderTargetReport? Test,
    IReadOnlyList<OrderProblemReport> Problems, long NotListed)
{
    public static bool IsOrder(string file) => Path.GetExtension(file).Equals(".xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the account's definition; null without one.</summary>
    public static AccountDefinition? Account(string? path)
    {
        if (path is null) return null;
        if (!System.IO.File.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL2006: {path} does not exist.");
        var account = AccountFile.Read(System.IO.File.ReadAllText(path), out var faults);
        if (faults.Count > 0) throw new CommandException(ExitCode.Configuration, $"CL4100: {path} cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(fault => "  " + fault))}");
        return account;
    }

    public static OrderReport Of(string file, AccountDefinition? account, TimeProvider time, CancellationToken cancellation)
    {
        if (!System.IO.File.Exists(file)) throw new CommandException(ExitCode.NotFound, $"CL2006: {file} does not exist.");
        var result = OrderCheck.Run(file, account, time, cancellation: cancellation);
        var order = result.Order;
        return new OrderReport(
            file, !result.Failed, order?.Channel.ToString().ToLowerInvariant(), order?.Newsletter, order?.Delivery.Method.ToString().ToLowerInvariant(), result.StartsAt,
            OrderTargetReport.Of(order?.Normal, result.Normal), OrderTargetReport.Of(order?.Test, result.Test),
            [.. result.Problems.Kept.Select(problem => new OrderProblemReport(problem.Code.Key, problem.File, problem.Line, problem.Column, problem.Message, problem.Cause, problem.Hint))],
            result.Problems.LeftOut);
    }

    public void Print()
    {
        Console.Out.WriteLine($"{File}: {(Ok ? "ok" : "NOT OK")}{(Channel is null ? "" : string.Create(CultureInfo.InvariantCulture, $": {Channel} order for group {Newsletter}, {Method}"))}");
        if (StartsAt is { } start) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  starts {start:yyyy-MM-ddTHH:mm:sszzz}"));
        if (Normal is not null) Console.Out.WriteLine($"  normal delivery: {Normal.Words}");
        if (Test is not null) Console.Out.WriteLine($"  test delivery: {Test.Words}");
        foreach (var problem in Problems)
        {
            var place = problem.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" line {problem.Line}{(problem.Column == 0 ? "" : $" column {problem.Column}")}");
            Console.Out.WriteLine($"  {problem.Key}{(problem.File is null ? "" : " " + problem.File)}{place}: {problem.Message}");
            Console.Out.WriteLine($"       likely cause: {problem.Cause}");
            Console.Out.WriteLine($"       hint: {problem.Hint}");
        }

        if (NotListed > 0) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {NotListed} more"));
    }
}
