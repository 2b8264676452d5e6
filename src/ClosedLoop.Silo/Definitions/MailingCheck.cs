using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Delivery.Linting;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Definitions;

/// <summary>What must hold for a source mailing beyond its form: its templates compile against the client's list.</summary>
internal static class MailingCheck
{
    /// <summary>Everything for which <c>apply</c> refuses a mailing.</summary>
    public static IEnumerable<string> Faults(SourceMailing mailing, ClientDefinition client)
    {
        foreach (var fault in FormFaults(mailing)) yield return fault;
        foreach (var fault in ContentFaults(mailing, client)) yield return fault;
        foreach (var fault in ChannelCheck.Faults(mailing, client)) yield return fault;
        if (TemplateFault(mailing, client) is { } template) yield return template;
        else if (FailsUnknown(client))
        {
            foreach (var finding in Findings(mailing, client).Where(finding => finding.Severity == FindingSeverity.Error))
            {
                yield return $"{finding.Part}({finding.Line},{finding.Column}): {finding.Code}: {finding.Message}; {finding.Hint}";
            }
        }
    }

    /// <summary>What is wrong with the definition apart from its templates.</summary>
    public static IEnumerable<string> FormFaults(SourceMailing mailing)
    {
        if (mailing.Id <= 0) yield return $"id is {mailing.Id}; expected a positive number.";
        if (StartRule.TryParse(mailing.Start) is null)
            yield return $"start is '{mailing.Start}'; expected afterImport, 'afterImportAt 18:00' or 'at 2026-03-02 18:00', the latter with an offset such as +01:00 if wanted.";
        if (mailing.Channel != MessageChannel.Mail)
        {
            foreach (var fault in ChannelCheck.FormFaults(mailing)) yield return fault;
            yield break;
        }

        if (mailing.Sms is not null || mailing.Push is not null) yield return "sms or push is given for a mailing of channel mail; expected channel sms or push, or neither.";
        if (mailing.Html is null && mailing.Text is null) yield return "neither html nor text names a part; a mailing needs at least one.";
    }

    /// <summary>What is wrong with everything that is fetched, attached or embedded, and with the sender.</summary>
    public static IEnumerable<string> ContentFaults(SourceMailing mailing, ClientDefinition client) =>
        ContentReferences.Faults(mailing, client).Concat(MailingContentRules.Faults(mailing, client));

    /// <summary>Everything there is to say about the templates, errors and the rest.</summary>
    public static IReadOnlyList<ContentFinding> Findings(SourceMailing mailing, ClientDefinition client, LintRules rules = LintRules.Mailing) =>
        ContentLint.Check(Frozen(mailing, client), FailsUnknown(client), rules);

    private static bool FailsUnknown(ClientDefinition client) => client.Template.Unknown == "fail";

    private static FrozenMailing Frozen(SourceMailing mailing, ClientDefinition client) => FrozenMailing.Of(mailing, client);

    private static string? TemplateFault(SourceMailing mailing, ClientDefinition client)
    {
        try
        {
            ContentCheck.Compile(Frozen(mailing, client));
            return null;
        }
        catch (LiquidException e)
        {
            return e.Message;
        }
        catch (InvalidDataException)
        {
            // A sender that is none: said with the other faults of the content.
            return null;
        }
    }
}
