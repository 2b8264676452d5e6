using System.Text;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Products;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>The rules for one record.</summary>
public sealed partial class SubscribersValidator
{
    private void CheckRecord(SubscribersReader reader)
    {
        var fields = _client.List.Fields;
        if (reader.FieldCount != fields.Count)
        {
            if (_problems.IsFull(ErrorCodes.E111)) _problems.Count(ErrorCodes.E111);
            else
            {
                // The column named is the first that is missing, or the first too many.
                _problems.Add(new FileProblem(
                    ErrorCodes.E111, FileStep.Parse, reader.Line, reader.Record, Math.Min(reader.FieldCount, fields.Count) + 1, null, null,
                    $"the record has {reader.FieldCount} columns; the list has {fields.Count}"));
            }

            return;
        }

        if (reader.RecordIsFaulty) return;
        if (reader.Record == 1 && IsHeader(reader))
        {
            _problems.Add(new FileProblem(
                ErrorCodes.E113, FileStep.Parse, reader.Line, reader.Record, 0, null, null, "the first record holds the column names"));
            return;
        }

        // The group is settled first, so that the faults of the other fields can name it.
        var group = FindGroup(reader, out var valid);
        if (group is null && !valid) return;
        if (group is not null) group.Total++;
        var addressed = _columns.AddressOf(group?.Channel ?? MessageChannel.Mail);
        var address = CheckAddress(reader, group, addressed, ref valid);
        for (var i = 0; i < fields.Count; i++)
        {
            if (i != addressed && i != _columns.Source && i != _columns.Wave) valid &= CheckField(reader, i, group);
        }

        if (valid && group is not null) Accept(reader, group, address);
    }

    private void Accept(SubscribersReader reader, FileGroup group, ReadOnlySpan<byte> address)
    {
        if (_blocked?.Contains(address) == true)
        {
            Report(reader, ErrorCodes.W207, _columns.AddressOf(group.Channel), group, ErrorCodes.W207.Text);
            return;
        }

        if (_blocked?.IsErased(address) == true)
        {
            Report(reader, ErrorCodes.W210, _columns.Email, group, ErrorCodes.W210.Text);
            return;
        }

        if (!_addresses.Add(group.Index, address))
        {
            Report(reader, ErrorCodes.W203, _columns.AddressOf(group.Channel), group, ErrorCodes.W203.Text);
            return;
        }

        // What fails as a whole is taken back anyway.
        if (_block is { } block && !_problems.FileFails) Append(reader, group, address, block);
        group.Net++;
        _accepted++;
    }

    private void Append(SubscribersReader reader, FileGroup group, ReadOnlySpan<byte> address, RecipientBlock block)
    {
        var fields = _client.List.Fields;
        var addressed = _columns.AddressOf(group.Channel);
        var addressStart = block.Position;
        address.CopyTo(block.GetSpan(address.Length));
        block.Advance(address.Length);
        var fieldsStart = block.Position;
        for (var i = 0; i < fields.Count; i++)
        {
            if (i == addressed && group.Channel != MessageChannel.Push)
            {
                RecipientFields.Write(block, address, isNull: false);
                continue;
            }

            var typed = FieldCheck.IsTyped(fields[i].Type);
            var value = typed ? FieldCheck.Trim(reader.Field(i)) : reader.Field(i);
            RecipientFields.Write(block, value, typed ? value.IsEmpty : reader.IsNull(i));
        }

        block.Add(new BlockRow(group.Index, checked((int)group.Net), addressStart, address.Length, fieldsStart, block.Position - fieldsStart));
    }

    private bool CheckField(SubscribersReader reader, int column, FileGroup? group)
    {
        var field = _client.List.Fields[column];
        var value = reader.Field(column);
        if (FieldCheck.IsTyped(field.Type)) value = FieldCheck.Trim(value);
        if (value.IsEmpty)
        {
            // Who is written to by another way may have no e-mail address.
            if (!field.Required || (column == _columns.Email && group?.Channel is MessageChannel.Sms or MessageChannel.Push)) return true;
            Report(reader, ErrorCodes.E206, column, group, $"field {field.Name} is required and empty");
            return false;
        }

        if (value.Length > _client.Import.MaxFieldBytes)
        {
            Report(reader, ErrorCodes.E204, column, group, $"field {field.Name} has {value.Length} bytes; at most {_client.Import.MaxFieldBytes} (import.maxFieldBytes) are read");
            return false;
        }

        switch (FieldCheck.Check(field, value))
        {
            case FieldFault.None:
                if (field.Content == FieldContent.ProductId && ProductIds.HasBlanks(value)) Report(reader, ErrorCodes.W403, column, group, $"field {field.Name} has blanks beside a product id; they are trimmed");
                return true;
            case FieldFault.TooLong:
                ReportTooLong(reader, column, group);
                return false;
            default:
                Report(reader, ErrorCodes.E205, column, group, $"field {field.Name} is no {Name(field.Type)}; expected {FieldCheck.Expected(field.Type)}");
                return false;
        }
    }

    private bool IsHeader(SubscribersReader reader)
    {
        var fields = _client.List.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            var text = Encoding.UTF8.GetString(FieldCheck.Trim(reader.Field(i)));
            if (!string.Equals(text, fields[i].Name, StringComparison.OrdinalIgnoreCase)
                && !string.Equals(text, fields[i].DisplayName, StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    private void ReportTooLong(SubscribersReader reader, int column, FileGroup? group)
    {
        var field = _client.List.Fields[column];
        Report(reader, ErrorCodes.E204, column, group, $"field {field.Name} is longer than {field.EffectiveLength} characters");
    }

    private void Report(SubscribersReader reader, ErrorCode code, int column, FileGroup? group, string message)
    {
        if (_problems.IsFull(code))
        {
            _problems.Count(code);
            return;
        }

        _problems.Add(new FileProblem(
            code, FileStep.Validate, reader.LineOf(column), reader.Record, column + 1, group?.SourceId, group?.WaveId, message));
    }

    private static string Name(FieldType type) => type.ToString().ToUpperInvariant();
}
