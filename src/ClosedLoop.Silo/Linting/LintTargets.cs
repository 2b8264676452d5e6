using System.Globalization;
using ClosedLoop.Delivery.Linting;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Definitions;

namespace ClosedLoop.Silo.Linting;

/// <summary>Finds what a name on the command line stands for: a definition file, its folder, a single template, or a stored mailing.</summary>
internal static class LintTargets
{
    private const string DefinitionFile = "mailing.json";
    private static readonly string[] AllParts = ["", "subject", "html", "text"];

    /// <summary>The file or folder of that name; null when there is none.</summary>
    public static LintTarget? OnDisk(string template, TemplateDialect? dialect)
    {
        if (Directory.Exists(template)) template = Path.Combine(template, DefinitionFile);
        if (!File.Exists(template)) return null;
        return Path.GetFileName(template) == DefinitionFile ? Definition(template) : SinglePart(template, dialect);
    }

    /// <summary>A mailing of the installation, by number or name.</summary>
    public static LintTarget? Stored(string template, IEnumerable<SourceMailing> sources)
    {
        var found = sources.FirstOrDefault(source => source.Name == template || source.Id.ToString(CultureInfo.InvariantCulture) == template);
        if (found is null) return null;
        var name = string.Create(CultureInfo.InvariantCulture, $"mailing {found.Id}");
        return new LintTarget(name, found, LintRules.Mailing, Parts(part => part.Length == 0 ? name : $"{name} {part}"), []);
    }

    /// <summary>The client definition above a mailing in the folder that <c>apply</c> reads: <c>CLIENT/mailings/NAME</c>.</summary>
    public static string? ClientFileAbove(string template)
    {
        for (var folder = Directory.Exists(template) ? new DirectoryInfo(template) : new FileInfo(template).Directory; folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "client.json");
            if (File.Exists(file)) return file;
        }

        return null;
    }

    private static LintTarget Definition(string file)
    {
        var faults = new List<string>();
        var read = DefinitionReader.Parse<MailingFile>(file, faults);
        var mailing = read is null ? null : DefinitionReader.Mailing(file, read, clientId: 0, faults);
        var folder = Path.GetDirectoryName(file)!;
        if (mailing is not null && faults.Count == 0) faults.AddRange(MailingCheck.FormFaults(mailing));
        return new LintTarget(file, mailing, LintRules.Mailing, Parts(part => part switch
        {
            "html" when read?.Html is { } html => Path.Combine(folder, html),
            "text" when read?.Text is { } text => Path.Combine(folder, text),
            _ => file,
        }), [.. faults.Select(fault => fault.StartsWith(file + ": ", StringComparison.Ordinal) ? fault[(file.Length + 2)..] : fault)])
        { Definition = read };
    }

    private static LintTarget SinglePart(string file, TemplateDialect? dialect)
    {
        var text = File.ReadAllText(file);
        var isHtml = Path.GetFileName(file).Contains(".htm", StringComparison.OrdinalIgnoreCase)
            || (!Path.GetFileName(file).Contains(".txt", StringComparison.OrdinalIgnoreCase) && text.Contains("</", StringComparison.Ordinal));
        var mailing = new SourceMailing
        {
            Id = 1,
            ClientId = 0,
            Name = file,
            Subject = "",
            Dialect = dialect ?? TemplateDialect.Liquid,
            Html = isHtml ? text : null,
            Text = isHtml ? null : text,
        };
        return new LintTarget(file, mailing, LintRules.Part, Parts(_ => file), []);
    }

    private static Dictionary<string, string> Parts(Func<string, string> file) =>
        AllParts.ToDictionary(part => part, file, StringComparer.Ordinal);

    /// <summary>The dialect of that name.</summary>
    /// <exception cref="CommandException">There is no such dialect.</exception>
    public static TemplateDialect? Dialect(string? name) => name switch
    {
        null => null,
        "liquid" => TemplateDialect.Liquid,
        "campaign" => TemplateDialect.Campaign,
        "contactlab" => TemplateDialect.Contactlab,
        _ => throw new CommandException(ExitCode.Usage, $"CL2012: --dialect '{name}': expected liquid, campaign or contactlab."),
    };
}
