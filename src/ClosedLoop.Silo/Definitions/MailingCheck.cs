using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Definitions;

/// <summary>What must hold for a source mailing beyond its form: its templates compile against the client's list.</summary>
internal static class MailingCheck
{
    public static IEnumerable<string> Faults(SourceMailing mailing, ClientDefinition client)
    {
        if (mailing.Id <= 0) yield return $"id is {mailing.Id}; expected a positive number.";
        if (mailing.Html is null && mailing.Text is null) yield return "neither html nor text names a part; a mailing needs at least one.";
        if (TemplateFault(mailing, client) is { } fault) yield return fault;
    }

    private static string? TemplateFault(SourceMailing mailing, ClientDefinition client)
    {
        try
        {
            ContentCheck.Compile(new FrozenMailing { Source = mailing, Sender = client.Sender, List = client.List });
            return null;
        }
        catch (LiquidException e)
        {
            return e.Message;
        }
    }
}
