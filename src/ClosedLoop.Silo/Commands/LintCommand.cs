using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Delivery.Linting;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Linting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>lint TEMPLATE</c>: checks a source mailing as <c>apply</c> would, and says what else is doubtful about it.</summary>
internal static class LintCommand
{
    /// <summary>Stands in where no client is named: what only a client allows is not looked at then.</summary>
    private static readonly ClientDefinition Nobody = new() { Id = 1, Key = "default", Sender = new SenderSettings { Address = "nobody@invalid.example" } };

    public static Command Create()
    {
        var template = new Argument<string>("TEMPLATE") { Description = "Folder or mailing.json of a source mailing, a single template file, or number or name of a mailing of this installation." };
        var client = new Option<string?>("--client") { Description = "Key of the client whose list applies; the client.json above TEMPLATE by default." };
        var contract = new Option<string?>("--contract") { Description = "Folder or client.json with the client; needs no installation." };
        var dialect = new Option<string?>("--dialect") { Description = "Language of a single template file: liquid (default), campaign or contactlab." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("lint", "Checks a source mailing or a template.") { template, client, contract, dialect, data, json };
        command.SetAction((parsed, _) =>
        {
            var name = parsed.GetValue(template)!;
            SiloSettings Settings() => SharedOptions.Settings(parsed.GetValue(data));
            var (target, definition) = Find(name, parsed.GetValue(client), parsed.GetValue(contract), LintTargets.Dialect(parsed.GetValue(dialect)), Settings);
            var report = Report(target, definition);
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, template = target.Name, ok = report.TrueForAll(finding => finding.Severity != FindingSeverity.Error), findings = report });
            }
            else
            {
                Print(target.Name, report);
            }

            return Task.FromResult(report.Exists(finding => finding.Severity == FindingSeverity.Error) ? ExitCode.InvalidData : ExitCode.Ok);
        });
        return command;
    }

    private static (LintTarget Target, ClientDefinition Client) Find(string template, string? key, string? contract, TemplateDialect? dialect, Func<SiloSettings> settings)
    {
        var target = LintTargets.OnDisk(template, dialect);
        var file = contract is null ? null : Directory.Exists(contract) ? contract : Path.GetDirectoryName(Path.GetFullPath(contract));
        if (file is null && target is not null && (key is null || !HasInstallation(settings)) && LintTargets.ClientFileAbove(template) is { } above) file = Path.GetDirectoryName(above);
        if (target is not null && file is not null) return (target, ClientIn(file, key));
        if (target is not null && key is null) return (target, Nobody);
        using var store = OfflineStore.Open(settings());
        var definitions = store.Get<DefinitionStore>();
        target ??= LintTargets.Stored(template, definitions.Sources().Select(source => source.Value))
            ?? throw new CommandException(ExitCode.NotFound, $"CL2013: {template} is neither a file or folder nor a mailing of this installation.");
        var found = key is null ? definitions.FindClient(target.Mailing!.ClientId) : definitions.FindClient(key);
        return (target, found?.Value ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' is not in this installation; see closedloop apply."));
    }

    private static bool HasInstallation(Func<SiloSettings> settings) => Directory.Exists(settings().DataPath);

    /// <summary>The client of a folder; only its definition is read, so that the mailings below it may be faulty.</summary>
    private static ClientDefinition ClientIn(string folder, string? key)
    {
        var faults = new List<string>();
        var clients = Directory.EnumerateFiles(folder, "client.json", SearchOption.AllDirectories)
            .Select(file => DefinitionReader.Parse<ClientDefinition>(file, faults)).OfType<ClientDefinition>().Where(client => key is null || client.Key == key).ToList();
        if (faults.Count > 0) throw new DefinitionException(faults);
        return clients.Count switch
        {
            0 => throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' is not in {folder}."),
            1 => clients[0],
            _ => throw new CommandException(ExitCode.Usage, $"CL2004: {folder} holds {clients.Count} clients; name one with --client."),
        };
    }

    private static List<LintFinding> Report(LintTarget target, ClientDefinition client)
    {
        var findings = new List<LintFinding>();
        findings.AddRange(target.Faults.Select(Fault));
        if (target.Mailing is not { } mailing || findings.Count > 0) return findings;
        if (target.Rules == LintRules.Mailing && !ReferenceEquals(client, Nobody))
        {
            var file = target.Files[""];
            var faults = new List<string>();
            if (target.Definition is { } read) mailing = MailingFiles.Read(file, read, mailing, client, faults).Mailing;
            faults.AddRange(MailingCheck.ContentFaults(mailing, client));
            findings.AddRange(faults.Select(fault => Fault(fault.StartsWith(file + ": ", StringComparison.Ordinal) ? fault[(file.Length + 2)..] : fault)));
        }

        findings.AddRange(MailingCheck.Findings(mailing, client, target.Rules).Select(finding => new LintFinding(
            target.Files.GetValueOrDefault(finding.Part, finding.Part), finding.Line, finding.Column, finding.Code, finding.Severity, finding.Message, finding.Hint, finding.SourceLine)));
        return findings;

        LintFinding Fault(string fault) => new(target.Files[""], 0, 0, LintCode.Definition, FindingSeverity.Error, fault, "see docs/settings.md", "");
    }

    private static void Print(string name, List<LintFinding> findings)
    {
        foreach (var finding in findings)
        {
            var place = finding.Line == 0 ? finding.File : string.Create(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Line}:{finding.Column}");
            Console.Out.WriteLine($"{place}: {finding.Severity.ToString().ToLowerInvariant()} {finding.Code}: {finding.Message}");
            if (finding.SourceLine.Trim().Length > 0) Console.Out.WriteLine("    " + Excerpt(finding.SourceLine, finding.Column));
            Console.Out.WriteLine("    hint: " + finding.Hint);
        }

        int Count(FindingSeverity severity) => findings.Count(finding => finding.Severity == severity);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {(Count(FindingSeverity.Error) == 0 ? "ok" : "NOT OK")}: {Count(FindingSeverity.Error)} errors, {Count(FindingSeverity.Warning)} warnings, {Count(FindingSeverity.Note)} notes"));
    }

    /// <summary>The line around the column: mails are often written on very long lines.</summary>
    private static string Excerpt(string line, int column)
    {
        const int Most = 120;
        var start = Math.Clamp(column - 1 - (Most / 3), 0, Math.Max(0, line.Length - Most));
        var text = line.Substring(start, Math.Min(Most, line.Length - start));
        return $"{(start > 0 ? "…" : "")}{text.Trim()}{(start + text.Length < line.Length ? "…" : "")}";
    }

    private sealed record LintFinding(string File, int Line, int Column, string Code, FindingSeverity Severity, string Message, string Hint, string SourceLine);
}
