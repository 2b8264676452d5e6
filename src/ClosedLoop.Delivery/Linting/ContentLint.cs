using ClosedLoop.Delivery.Products;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Linting;

/// <summary>Says what is wrong or doubtful with a content before it is sent: what <see cref="ContentCheck"/> refuses, and what it lets pass.</summary>
public static class ContentLint
{
    /// <summary>Columns that the service reads itself.</summary>
    private static readonly string[] OwnColumns = [ListDefinition.EmailField, ListDefinition.SourceField, ListDefinition.WaveField];

    /// <summary>Checks a mailing, worst first and then in the order of its parts.</summary>
    /// <param name="content">The mailing as it would be frozen.</param>
    /// <param name="unknownFails">Names nobody knows are errors (<c>template.unknown=fail</c>).</param>
    /// <param name="rules">Which rules apply besides those of the language.</param>
    public static IReadOnlyList<ContentFinding> Check(FrozenMailing content, bool unknownFails = false, LintRules rules = LintRules.Mailing)
    {
        ArgumentNullException.ThrowIfNull(content);
        content = ProductUse.For(content);
        try
        {
            ContentCheck.Compile(content);
        }
        catch (LiquidException e)
        {
            return [Fault(e)];
        }
        catch (InvalidDataException)
        {
            // A sender that is none: whoever stores the mailing says so with its other faults.
            return [];
        }

        var findings = new List<ContentFinding>();
        var used = new HashSet<int>();
        var options = MailingTemplates.Options(content);
        var source = content.Source;
        foreach (var (part, text) in FieldUse.Parts(source))
        {
            if (text is null) continue;
            var template = LiquidTemplate.Parse(text, options(part));
            used.UnionWith(part == MailingTemplates.Subject ? template.UsedSlots.Where(slot => slot != UnsubscribeSlot(content)) : template.UsedSlots);
            findings.AddRange(template.Warnings.Select(warning => Doubt(warning, unknownFails)));
        }

        if (rules == LintRules.Mailing) findings.AddRange(source.Channel == MessageChannel.Mail ? MailingFindings(content, used) : []);
        findings.AddRange(MarkupLint.Check(source));
        findings.AddRange(SampleLint.Check(content));
        return [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => Order(finding.Part)).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)];
    }

    /// <summary>A fault of a template as a finding.</summary>
    internal static ContentFinding Fault(LiquidException e) => new(
        e.TemplateName, e.Line, e.Column, e.Code, FindingSeverity.Error, e.Found, e.Expected is null ? "see the code in docs/templates.md" : "expected " + e.Expected, e.SourceLine);

    private static int UnsubscribeSlot(FrozenMailing content) => content.List.Fields.Count + Array.IndexOf(SystemFields.All, SystemFields.UnsubscribeUrl);

    private static int Order(string part) => part switch { "" => 0, MailingTemplates.Subject => 1, MailingTemplates.Html => 2, MailingTemplates.Text => 3, _ => 4 };

    private static ContentFinding Doubt(LiquidWarning warning, bool unknownFails)
    {
        var isUnknown = warning.Code is LiquidWarningCode.UnknownVariable or LiquidWarningCode.UnknownPlaceholder or LiquidWarningCode.UnknownProductColumn;
        var message = isUnknown ? $"{warning.Found} ({(unknownFails ? "E402" : "W402")})" : warning.Found;
        return new ContentFinding(
            warning.TemplateName, warning.Line, warning.Column, warning.Code, isUnknown && unknownFails ? FindingSeverity.Error : FindingSeverity.Warning,
            message, warning.Expected.StartsWith("perhaps", StringComparison.Ordinal) ? warning.Expected : "expected " + warning.Expected, warning.SourceLine);
    }

    private static IEnumerable<ContentFinding> MailingFindings(FrozenMailing content, HashSet<int> used)
    {
        var source = content.Source;
        if (string.IsNullOrWhiteSpace(source.Subject)) yield return Whole(LintCode.EmptySubject, FindingSeverity.Warning, "the subject is empty", "write one");
        if (source.Subject.AsSpan().ContainsAny("\r\n")) yield return Whole(LintCode.SubjectWithLineBreak, FindingSeverity.Warning, "the subject has a line break", "write it on one line");
        if (source.Text is null) yield return Whole(LintCode.NoTextPart, FindingSeverity.Warning, "there is no text part", "add one for readers and filters that do not show HTML");
        if (!used.Contains(UnsubscribeSlot(content)))
        {
            var name = source.Dialect == TemplateDialect.Campaign ? "{bmUnsubscribeUrl}" : source.Dialect == TemplateDialect.Contactlab ? "${unsubscribe_url}$" : "{{ unsubscribe_url }}";
            yield return Whole(LintCode.NoUnsubscribeLink, FindingSeverity.Warning, "there is no unsubscribe link", $"write a link to {name}");
        }

        for (var i = 0; i < content.List.Fields.Count; i++)
        {
            var field = content.List.Fields[i].Name;
            if (!used.Contains(i) && content.List.Fields[i].Content != FieldContent.RefAttachment && !OwnColumns.Contains(field, StringComparer.OrdinalIgnoreCase))
            {
                yield return Whole(LintCode.UnusedColumn, FindingSeverity.Note, $"the column '{field}' of the list is not used", "leave it, if the mailing does not need it");
            }
        }
    }

    private static ContentFinding Whole(string code, FindingSeverity severity, string message, string hint) => new("", 0, 0, code, severity, message, hint);
}
