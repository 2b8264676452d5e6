using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;

namespace ClosedLoop.Operations.Bulk;

/// <summary>Says what a bulk action would touch: only what is there, and what the caller may see.</summary>
internal sealed class BulkPlanner(DefinitionStore definitions, FileRegister files, MailingStore mailings, OperationsOptions options)
{
    /// <summary>Counts; nothing is changed.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="kindName">The action.</param>
    /// <param name="client">Key of the client, for addresses.</param>
    /// <param name="named">What was typed or chosen.</param>
    public (ActionResult? Fault, BulkPlan? Plan) Plan(Caller caller, string? kindName, string? client, IEnumerable<string> named)
    {
        if (BulkKind.Find(kindName) is not { } kind) return (ActionResult.Bad("CL9564", $"'{kindName}' is no bulk action; expected one of {string.Join(", ", BulkKind.All.Select(one => one.Name))}"), null);
        var subjects = named.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (subjects.Count > options.BulkMost) return (ActionResult.Bad("CL9564", FormattableString.Invariant($"{subjects.Count} {kind.Thing}; one job takes at most {options.BulkMost} (Operator:BulkLimit)")), null);
        if (kind.IsAboutPeople && (definitions.FindClient(client ?? "") is not { } found || !caller.Sees(found.Value.Id))) return (ActionResult.NotFound("CL2005", $"client '{client}' does not exist"), null);
        var (good, bad, people) = (new List<string>(), new List<string>(), 0L);
        foreach (var subject in subjects)
        {
            if (Known(caller, kind, subject) is var (text, count))
            {
                good.Add(text);
                people += count;
            }
            else
            {
                bad.Add(subject);
            }
        }

        good = [.. good.Distinct(StringComparer.Ordinal)];
        if (good.Count == 0) return (ActionResult.Bad("CL9564", bad.Count == 0 ? $"no {kind.Thing} were named" : $"none of the {bad.Count.ToString(CultureInfo.InvariantCulture)} {kind.Thing} is known here, such as '{bad[0]}'"), null);
        return (null, new BulkPlan(kind, kind.IsAboutPeople ? client : null, good, bad, kind.IsAboutPeople ? good.Count : kind.Thing == "mailings" ? people : null));
    }

    private (string Text, long People)? Known(Caller caller, BulkKind kind, string subject)
    {
        if (kind.IsAboutPeople) return AnyAddress.TryNormalise(subject) is { } address ? (address, 1) : null;
        if (!long.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        var text = id.ToString(CultureInfo.InvariantCulture);
        if (kind.Thing == "files") return files.Find(id) is { } file && caller.Sees(file.ClientId) ? (text, 0) : null;
        return mailings.Find(id) is { } mailing && caller.Sees(mailing.ClientId) ? (text, mailing.Accepted) : null;
    }
}
