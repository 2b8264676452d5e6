using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Which group a record belongs to, and whether its source mailing may be used.</summary>
public sealed partial class SubscribersValidator
{
    /// <summary>The group of the current record, made when it is the first of it.</summary>
    /// <param name="reader">At the record.</param>
    /// <param name="valid">False when the record cannot be used.</param>
    /// <returns>Null when no group can be named.</returns>
    private FileGroup? FindGroup(SubscribersReader reader, out bool valid)
    {
        valid = false;
        if (!FieldCheck.TrySourceId(FieldCheck.Trim(reader.Field(_columns.Source)), out var source))
        {
            Report(reader, ErrorCodes.E301, _columns.Source, null, "the mailing id must be 1 to 19 digits without a leading zero");
            return null;
        }

        CheckSource(reader, source);
        long? wave = null;
        if (_columns.Wave >= 0)
        {
            var value = FieldCheck.Trim(reader.Field(_columns.Wave));
            if (!value.IsEmpty)
            {
                if (!FieldCheck.TryLong(value, out var number))
                {
                    Report(reader, ErrorCodes.E205, _columns.Wave, null, "the wave is no LONG; expected a whole number of at most 19 digits");
                    return null;
                }

                wave = number;
            }
            else if (_client.List.Fields[_columns.Wave].Required)
            {
                Report(reader, ErrorCodes.E206, _columns.Wave, null, $"field {_client.List.Fields[_columns.Wave].Name} is required and empty");
                return null;
            }
        }

        valid = true;
        return _groups.Find(source, wave) ?? AddGroup(reader, source, wave);
    }

    private FileGroup? AddGroup(SubscribersReader reader, long source, long? wave)
    {
        if (_groups.All.Count == _client.Import.MaxGroups)
        {
            ReportTooManyGroups(reader);
            return null;
        }

        var group = _groups.Add(source, wave, reader.Line, reader.Record);
        if (wave is { } number && _waveUsed?.Invoke(source, number) == true)
        {
            Report(reader, ErrorCodes.W154, _columns.Wave, group, $"wave {number} of source mailing {source} was used by an earlier file; it is sent again");
        }

        return group;
    }

    private void ReportTooManyGroups(SubscribersReader reader)
    {
        if (_groups.Overflown) return;
        _groups.Overflown = true;
        Report(reader, ErrorCodes.E104, _columns.Source, null, $"the file has more than {_client.Import.MaxGroups} groups (import.maxGroups)");
    }

    // Reported once per source mailing, at its first record: a thousand equal lines would hide the other faults.
    private void CheckSource(SubscribersReader reader, long source)
    {
        if (!_groups.IsNewSource(source)) return;
        if (_groups.Sources > _client.Import.MaxGroups)
        {
            ReportTooManyGroups(reader);
            return;
        }

        var verdict = _source(source);
        _groups.SetChannel(source, verdict.Channel);
        if (verdict.Code is not { } code) return;
        _problems.Add(new FileProblem(
            code, FileStep.Validate, reader.LineOf(_columns.Source), reader.Record, _columns.Source + 1, source, null,
            $"source mailing {source}: {verdict.Message}"));
    }
}
