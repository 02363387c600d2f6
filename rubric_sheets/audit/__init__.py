"""Many workbooks at once: gathered, judged by several processes, kept in a store, summed up."""
