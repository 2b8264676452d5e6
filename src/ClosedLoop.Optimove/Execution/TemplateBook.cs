using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Source mailings as Optimove's templates (optimove spec section 6).</summary>
internal sealed class TemplateBook(DefinitionStore definitions)
{
    private const int LongestName = 100;

    /// <summary>The source mailing of a template's number, newest version; null when there is none that may be sent by this medium.</summary>
    public Versioned<SourceMailing>? Find(long clientId, OptimoveDefinition definition, OptimoveMedium medium, int templateId)
    {
        var source = definition.Templates.Count == 0
            ? definitions.FindSource(templateId)
            : definition.Templates.FirstOrDefault(template => template.TemplateId == templateId) is { } named ? definitions.FindSource(named.Source) : null;
        return source is { } found && found.Value.ClientId == clientId && IsOffered(found.Value, medium) ? found : null;
    }

    /// <summary>Number and name of each template of a medium.</summary>
    public IReadOnlyDictionary<int, string> Offered(long clientId, OptimoveDefinition definition, OptimoveMedium medium)
    {
        var sources = definitions.Sources().Select(source => source.Value).Where(source => source.ClientId == clientId && IsOffered(source, medium)).ToDictionary(source => source.Id);
        IEnumerable<(int Id, string Name)> numbered = definition.Templates.Count == 0
            ? sources.Values.Where(source => source.Id is > 0 and <= int.MaxValue).Select(source => ((int)source.Id, source.Name))
            : definition.Templates.Where(template => sources.ContainsKey(template.Source)).Select(template => (template.TemplateId, sources[template.Source].Name));
        var offered = new SortedDictionary<int, string>();
        foreach (var sameName in numbered.GroupBy(template => Cut(template.Name, LongestName), StringComparer.OrdinalIgnoreCase))
        {
            var isAlone = sameName.Count() == 1;
            foreach (var (id, _) in sameName)
            {
                var suffix = FormattableString.Invariant($" #{id}");
                offered[id] = isAlone ? sameName.Key : Cut(sameName.Key, LongestName - suffix.Length) + suffix;
            }
        }

        return offered;
    }

    public static MessageChannel ChannelOf(OptimoveMedium medium) => medium switch
    {
        OptimoveMedium.Sms => MessageChannel.Sms,
        OptimoveMedium.Push => MessageChannel.Push,
        _ => MessageChannel.Mail,
    };

    /// <summary>As the file interface takes them (E304), and those for single events besides.</summary>
    private static bool IsOffered(SourceMailing source, OptimoveMedium medium) =>
        source.Status is SourceStatus.New or SourceStatus.ActivationRequired && source.Type is SourceType.Regular or SourceType.Event && source.Channel == ChannelOf(medium);

    private static string Cut(string name, int length)
    {
        name = string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return name.Length <= length ? name : name[..length].TrimEnd();
    }
}
