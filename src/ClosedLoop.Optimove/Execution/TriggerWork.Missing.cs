using ClosedLoop.Data.Optimove;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Inbound;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Attributes that the template of a trigger names and that nobody has said.</summary>
internal sealed partial class TriggerWork
{
    private static readonly string[] OwnColumns = [ListDefinition.EmailField, ListDefinition.SourceField, ListDefinition.WaveField];

    /// <summary>Columns that a source mailing reads, in the versions they were found for.</summary>
    private readonly Dictionary<(long Source, int Version, int Client), IReadOnlySet<string>> _fields = [];

    /// <summary>Adds what is missing to the values of a trigger. Where nothing is, nobody is asked.</summary>
    /// <returns>The customer as he is to be sent to now; null while the answer is on its way.</returns>
    private PlannedCustomer? Complete(
        ConnectorSession session, CustomerJudge.Circumstances with, StoredOptimoveEvent call, PlannedCustomer planned, Dictionary<string, string> parameters, IReadOnlyList<string> promoCodes,
        CancellationToken stopping)
    {
        if (session.Definition.MissingAttributes == MissingAttributes.Ignore || session.Definition.Params.Count == 0) return planned;
        var missing = Missing(session, with, call, parameters);
        if (missing.Count == 0) return planned;
        var read = reads.Of(session, planned.Customer, stopping);
        if (read.IsPending) return null;
        var found = 0;
        foreach (var param in missing)
        {
            if (read.Values?.GetValueOrDefault(param.OptimoveName) is not { } value) continue;
            parameters[param.PrettyName] = value.Length > EventParser.LongestParameter ? value[..EventParser.LongestParameter] : value;
            found++;
        }

        if (found < missing.Count && session.Definition.MissingAttributes == MissingAttributes.Require) return planned with { State = SendState.MissingAttribute };
        return found == 0 ? planned : judge.Judge(with, call.Customer!, call.TemplateId, dueAt: 0, parameters, promoCodes);
    }

    private List<OptimoveParam> Missing(ConnectorSession session, CustomerJudge.Circumstances with, StoredOptimoveEvent call, Dictionary<string, string> parameters)
    {
        var source = with.Sources[call.TemplateId!.Value]!;
        var profile = with.Known[call.Customer!];
        var key = (source.Value.Id, source.Version, session.Client.Version);
        if (!_fields.TryGetValue(key, out var used))
        {
            if (_fields.Count > 1_000) _fields.Clear();
            _fields.Add(key, used = fieldUse.FieldsOf(source.Value, session.Client.Value));
        }

        return
        [
            .. session.Definition.Params.Where(param => used.Contains(param.PrettyName) && !parameters.ContainsKey(param.PrettyName) && !OwnColumns.Contains(param.PrettyName, StringComparer.OrdinalIgnoreCase)
                && !profile.Attributes.Any(pair => pair.Value is not null && pair.Key.Equals(param.PrettyName, StringComparison.OrdinalIgnoreCase))),
        ];
    }
}
